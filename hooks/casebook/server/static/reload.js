/* Asks for the page again when the server has a newer one than this. */
{
  const { number } = document.currentScript.dataset;
  new SharedWorker("/serve/worker.js").port.onmessage = ({ data }) => {
    if (Number(data) > Number(number)) location.reload();
  };
}
