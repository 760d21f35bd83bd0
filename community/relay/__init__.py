"""The relay: members write to each other without an address being shown; blocking and reporting somebody."""
