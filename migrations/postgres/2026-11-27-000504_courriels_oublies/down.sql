DROP INDEX courriels_date;
