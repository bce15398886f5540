using System.Text;
using Portok.Daemon.Logging;
using Shouldly;

namespace Portok.Daemon.Tests.Logging;

public class LogSinkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Write_ManyThreads_LosesNothingAndTearsNoLine()
    {
        using MemoryStream output = new();
        using (LogSink sink = new(output, _ => throw new InvalidOperationException("nothing is lost"), capacity: 100_000))
        {
            Parallel.For(0, 8, thread =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    sink.Write(Encoding.UTF8.GetBytes($"{thread} {i}\n"));
                }
            });
        }

        string[] lines = Encoding.UTF8.GetString(output.ToArray()).TrimEnd('\n').Split('\n');
        lines.Order().ShouldBe(Enumerable.Range(0, 8).SelectMany(t => Enumerable.Range(0, 1000).Select(i => $"{t} {i}")).Order());
        lines.Where(l => l.StartsWith("3 ", StringComparison.Ordinal)).ShouldBe(Enumerable.Range(0, 1000).Select(i => $"3 {i}"));
    }

    [Fact]
    public void Write_OutputThatBlocks_ReturnsAtOnceAndSaysLaterWhatWasLost()
    {
        using BlockedStream output = new();
        using (LogSink sink = new(output, lost => Encoding.UTF8.GetBytes($"lost {lost}\n"), capacity: 10))
        {
            sink.Write("first\n"u8.ToArray());
            output.Entered.Wait(Patience).ShouldBeTrue();
            for (int i = 0; i < 15; i++)
            {
                sink.Write(Encoding.UTF8.GetBytes($"{i}\n"));
            }

            sink.Dropped.ShouldBe(5);
            output.Open.Set();
        }

        output.Text.ShouldBe("first\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i}\n")) + "lost 5\n");
    }

    [Fact]
    public void Write_LineLargerThanTheBatch_GoesOutWhole()
    {
        using MemoryStream output = new();
        string large = new('x', 300_000);
        using (LogSink sink = new(output, _ => []))
        {
            sink.Write("a\n"u8.ToArray());
            sink.Write(Encoding.UTF8.GetBytes(large + "\n"));
            sink.Write("b\n"u8.ToArray());
        }

        Encoding.UTF8.GetString(output.ToArray()).ShouldBe($"a\n{large}\nb\n");
    }

    [Fact]
    public void Write_OutputThatIsGone_IsSurvived()
    {
        using LogSink sink = new(new BrokenStream(), _ => []);
        sink.Write("a\n"u8.ToArray());
        SpinWait.SpinUntil(() => sink.Dropped == 1, Patience).ShouldBeTrue();
        sink.Write("b\n"u8.ToArray());
        SpinWait.SpinUntil(() => sink.Dropped == 2, Patience).ShouldBeTrue();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
    }

    private sealed class BlockedStream : MemoryStream
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Open { get; } = new();

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override void Write(byte[] buffer, int offset, int count)
        {
            Entered.Set();
            Open.Wait(Patience);
            base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer) => base.Write(buffer.ToArray(), 0, buffer.Length);

        protected override void Dispose(bool disposing)
        {
            Entered.Dispose();
            Open.Dispose();
            base.Dispose(disposing);
        }
    }
}
