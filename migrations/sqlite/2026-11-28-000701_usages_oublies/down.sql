DROP INDEX usages_api_jour;
