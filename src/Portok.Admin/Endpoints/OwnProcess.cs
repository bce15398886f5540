using Portok.Admin.Contract;

namespace Portok.Admin.Endpoints;

/// <summary>What this process uses now. Any thread.</summary>
internal static class OwnProcess
{
    public static ProcessReport Read() => new()
    {
        RssBytes = Environment.WorkingSet,
        // Listing the folder opens it: that descriptor is not one of the daemon's.
        OpenDescriptors = Directory.GetFileSystemEntries("/proc/self/fd").Length - 1,
        Threads = Directory.GetDirectories("/proc/self/task").Length,
        CpuSeconds = Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 3),
        GcCollections = new GcReport { Gen0 = GC.CollectionCount(0), Gen1 = GC.CollectionCount(1), Gen2 = GC.CollectionCount(2) },
        GcHeapBytes = GC.GetTotalMemory(forceFullCollection: false),
    };
}
