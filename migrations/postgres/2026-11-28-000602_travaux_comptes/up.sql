-- `/sante` counts the jobs that are ready and those that fail without reading them.
DROP INDEX jobs_prets;
CREATE INDEX jobs_prets ON jobs (statut, a_partir_de, tentatives);
