using System.Net.Sockets;

namespace Portok.Differential.Wire;

/// <summary>Sends bytes so that each piece is likely to be a read of its own.</summary>
internal static class PacedSend
{
    /// <summary>Long enough for a program that has nothing else to do to have read the piece before.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Sends.</summary>
    /// <param name="socket">Where to.</param>
    /// <param name="bytes">What.</param>
    /// <param name="cuts">Where pieces end.</param>
    /// <param name="afterPiece">Told of each piece, for those who watch for silence.</param>
    /// <returns>False when the other side has gone before all was sent.</returns>
    public static async Task<bool> SendAsync(Socket socket, byte[] bytes, IReadOnlyList<int> cuts, Action? afterPiece = null)
    {
        int start = 0;
        try
        {
            foreach (int cut in cuts)
            {
                await socket.SendAsync(bytes.AsMemory(start, cut - start)).ConfigureAwait(false);
                await Task.Delay(Pause).ConfigureAwait(false);
                start = cut;
                afterPiece?.Invoke();
            }

            await socket.SendAsync(bytes.AsMemory(start)).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
