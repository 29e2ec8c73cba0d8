DROP INDEX jobs_prets;
CREATE INDEX jobs_prets ON jobs (statut, a_partir_de);
