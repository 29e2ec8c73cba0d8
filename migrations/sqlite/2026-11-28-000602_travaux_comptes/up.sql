-- `/sante` counts the jobs that fail without reading those that are only planned.
CREATE INDEX jobs_repris ON jobs (statut, tentatives) WHERE tentatives > 0;
