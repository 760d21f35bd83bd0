"""Finding the place of an address: by the gazetteer, and by a service where the site names one."""
