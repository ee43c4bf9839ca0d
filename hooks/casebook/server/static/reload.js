/* Reloads the page when the server has a newer preview. */
{
  const { number } = document.currentScript.dataset;
  new SharedWorker("/serve/worker.js").port.onmessage = ({ data }) => {
    if (Number(data) > Number(number)) location.reload();
  };
}
