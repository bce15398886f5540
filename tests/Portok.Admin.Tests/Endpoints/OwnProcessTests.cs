using Portok.Admin.Contract;
using Portok.Admin.Endpoints;

namespace Portok.Admin.Tests.Endpoints;

public class OwnProcessTests
{
    [Fact]
    public void Read_IsWithinWhatTheKernelAndTheRuntimeSayBeforeAndAfter()
    {
        int collections = GC.CollectionCount(0);
        ProcessReport read = OwnProcess.Read();
        read.RssBytes.ShouldBeInRange(5_000_000, 20_000_000_000);
        read.Threads.ShouldBeInRange(2, 500);
        read.CpuSeconds.ShouldBeGreaterThan(0);
        read.GcHeapBytes.ShouldBeGreaterThan(10_000);
        read.GcCollections.Gen0.ShouldBeGreaterThanOrEqualTo(collections);
        read.GcCollections.Gen0.ShouldBeGreaterThanOrEqualTo(read.GcCollections.Gen2);
    }

    [Fact]
    public void OpenDescriptors_CountsEachThatIsOpenedMore()
    {
        // Other tests of this process open and close descriptors meanwhile: so many more that it shows all the same.
        const int more = 400;
        int before = OwnProcess.Read().OpenDescriptors;
        FileStream[] files = [.. Enumerable.Range(0, more).Select(_ => File.OpenRead("/proc/self/status"))];
        int with = OwnProcess.Read().OpenDescriptors;
        foreach (FileStream file in files) file.Dispose();
        (with - before).ShouldBeInRange(more - 150, more + 150);
    }
}
