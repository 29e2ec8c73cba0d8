DROP INDEX jobs_repris;
