/* Listens to the server for all tabs: browsers open six connections to a server at most. */
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
