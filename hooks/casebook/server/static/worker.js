/* Receives the server's events for all tabs, since browsers open at most six connections to a server. */
const ports = new Set();
let newest;

new EventSource("/serve/events").onmessage = ({ data }) => {
  newest = data;
  for (const port of ports) port.postMessage(newest);
};

self.onconnect = ({ ports: [port] }) => {
  ports.add(port);
  if (newest) port.postMessage(newest);
};
