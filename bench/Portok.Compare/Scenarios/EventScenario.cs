using System.Globalization;
using Portok.Compare.Load.Clients;
using Portok.Compare.Measuring;
using Portok.Compare.Peers;

namespace Portok.Compare.Scenarios;

/// <summary>Server-sent events, each on its way alone.</summary>
internal sealed class EventScenario(string name, string title, int streams) : Scenario(name, title)
{
    private const int FirstByteTries = 200;

    public override string Load => string.Create(CultureInfo.InvariantCulture,
        $"{streams} streams on one epoll thread, an event of {EventStreams.EventBytes} bytes every {EventStreams.EveryMs} ms on each; first byte of {FirstByteTries} new streams, one at a time");

    public override bool Holds => true;

    public override void Prepare(PeerHost host)
    {
        host.Start();
        using var events = new EventStreams(host.Port, streams);
        events.Run(1);
    }

    public override Findings Measure(PeerHost host, double seconds)
    {
        double firstByte;
        using (var waiting = new EventStreams(host.Port, 0))
        {
            firstByte = waiting.FirstByteMs(FirstByteTries);
        }

        using var events = new EventStreams(host.Port, streams);
        return Cost.Of(host, () => events.Run(seconds)).With(Figures.FirstByte, firstByte);
    }
}
