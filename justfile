# Shortcuts: `just` lists them. Everything is done by `cargo xtask`.

# List the commands
default:
    @just --list

# Build everything, fill a demonstration and serve it
run *arguments:
    cargo xtask run {{arguments}}

# Check everything that continuous integration checks
test *arguments:
    cargo xtask test {{arguments}}

# Check formatting, dependencies and lints only
check:
    cargo xtask test --only format --only guards --only clippy --only clippy-frontend

# Run the browser tests
e2e:
    cargo xtask e2e

# Measure
bench *arguments:
    cargo xtask bench -- {{arguments}}

# Write openapi/openapi.json and openapi/bac-a-sable.json
openapi:
    cargo xtask openapi

# Fill the database in ./data with the demonstration
demo:
    cargo xtask server demo

# Bring the database up to date
migrate:
    cargo xtask server migrate
