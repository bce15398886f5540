using Portok.Linux.Files;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Files;

public class FolderSyncTests
{
    [Fact]
    public void Flush_Folder_SucceedsAndLeavesNoDescriptorOpen()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("portok-ümlaut-");
        try
        {
            for (int i = 0; i < 50; i++)
            {
                FolderSync.Flush(folder.FullName).Ok.ShouldBeTrue();
            }

            Directory.EnumerateFiles("/proc/self/fd").Select(f => new FileInfo(f).LinkTarget).ShouldAllBe(target => !string.Equals(target, folder.FullName, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete();
        }
    }

    [Fact]
    public void Flush_NoSuchFolder_GivesTheError() => FolderSync.Flush("/does/not/exist").Error.ShouldBe(Errno.NoEntry);

    [Fact]
    public void Flush_WhatCannotBeSynced_GivesTheError() => FolderSync.Flush("/dev/null").Error.ShouldBe(Errno.Invalid);
}
