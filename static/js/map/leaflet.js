// Leaflet comes with django-leaflet as a classic script; this is the only file that reads its global.
export const L = window.L;
