using System.Globalization;
using System.Text;
using Portok.Compare.Load.Clients;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Load;

public sealed class EventScannerTests
{
    private static readonly byte[] Stream = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Event(7) + Event(8) + Event(9));

    [Fact]
    public void Take_CutAnywhere_FindsEachEventOnce()
    {
        for (int cut = 1; cut < Stream.Length; cut++)
        {
            Scan(Stream[..cut], Stream[cut..]).ShouldBe([7, 8, 9], $"cut at {cut}");
        }
    }

    [Fact]
    public void Take_ByteByByte_FindsEachEventOnce() => Scan([.. Stream.Select(b => new[] { b })]).ShouldBe([7, 8, 9]);

    private static string Event(int sent) =>
        "40\r\ndata: " + sent.ToString("D20", CultureInfo.InvariantCulture) + new string('.', 36) + "\n\n\r\n";

    private static List<long> Scan(params byte[][] reads)
    {
        var found = new List<long>();
        var scanner = new EventScanner(found.Add);
        byte[] scratch = new byte[1024];
        foreach (byte[] read in reads)
        {
            // What lies there from other connections.
            scratch.AsSpan().Fill((byte)'x');
            read.CopyTo(scratch, scanner.Kept);
            scanner.Take(scratch.AsSpan(0, scanner.Kept + read.Length));
        }

        return found;
    }
}
