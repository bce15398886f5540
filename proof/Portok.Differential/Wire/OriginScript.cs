using System.Net.Sockets;
using Portok.Differential.Cases;

namespace Portok.Differential.Wire;

/// <summary>What an app says instead of an answer, and does then.</summary>
internal sealed record OriginScript(byte[] Bytes, IReadOnlyList<int> Cuts, Then Then)
{
    public async Task PlayAsync(Socket socket, Action afterPiece)
    {
        await PacedSend.SendAsync(socket, Bytes, Cuts, afterPiece).ConfigureAwait(false);
        if (Then == Then.Keep) return;
        if (Then == Then.Reset)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            // A reset overtakes bytes that were not read yet, and they are what the case is about.
            await Task.Delay(TimeSpan.FromMilliseconds(30)).ConfigureAwait(false);
        }
        else
        {
            socket.Shutdown(SocketShutdown.Send);
            // The proxy's own close is awaited, so that none of its bytes makes a reset of this close.
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
            try
            {
                await socket.ReceiveAsync(new byte[1024], limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It stays: closed all the same.
            }
        }

        socket.Dispose();
    }
}
