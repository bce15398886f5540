using System.Globalization;
using System.Xml.Linq;
using Portok.Compare.Charts;
using Portok.Compare.Profiling;
using Shouldly;
using Xunit;

namespace Portok.Compare.Tests.Charts;

public sealed class FlameGraphTests
{
    private const string Script = """
        portok-reactor-
        	ffffffff82010ddb tcp_sendmsg ([kernel.kallsyms])
        	ffffffff81e31462 __sys_sendto ([kernel.kallsyms])
        	          10aba4 __send (/usr/lib/x86_64-linux-gnu/libc.so.6)

        portok-reactor-
        	ffffffff81e31462 __sys_sendto ([kernel.kallsyms])
        	          10aba4 __send (/usr/lib/x86_64-linux-gnu/libc.so.6)

        portok-reactor-
        	          2a0c10 Reactor__Dispatch (/opt/portok/portokd)

        portok-reactor-
        	ffffffff81000fff [unknown] ([kernel.kallsyms])

        """;

    private static StackTree Profile => StackTree.Read(new StringReader(Script), "a profile", "portokd");

    [Fact]
    public void Read_Samples_AreCountedOnEveryFrameOfTheirStack()
    {
        StackTree send = Profile.Calls.Single(call => call.Name is "__send");

        Profile.Samples.ShouldBe(4);
        send.Samples.ShouldBe(2);
        send.Calls.Single().Samples.ShouldBe(2);
        send.Calls.Single().Calls.Single().ShouldSatisfyAllConditions(call => call.Name.ShouldBe("tcp_sendmsg"), call => call.Samples.ShouldBe(1));
        Profile.Depth.ShouldBe(4);
    }

    [Fact]
    public void Read_ManagedCodeAndKernelThreads_StandOnFramesOfTheirOwn() =>
        Profile.Calls.Select(call => $"{call.Name} > {call.Calls.Single().Name}")
            .ShouldBe(["__send > __sys_sendto", "kernel > [kernel.kallsyms]", "managed code > Reactor__Dispatch"]);

    [Fact]
    public void Svg_Frames_AreAsWideAsTheirShare()
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var picture = XDocument.Parse(new FlameGraph(Profile, "<note>").ToSvg());
        var widths = picture.Descendants(svg + "g").ToDictionary(
            frame => frame.Element(svg + "title")!.Value,
            frame => double.Parse(frame.Element(svg + "rect")!.Attribute("width")!.Value, CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

        widths["__send: 50.0%"].ShouldBe(widths["all: 100.0%"] / 2, 1);
        widths["tcp_sendmsg: 25.0%"].ShouldBe(widths["all: 100.0%"] / 4, 1);
    }
}
