using Portok.Linux.Files;
using Shouldly;
using Xunit;

namespace Portok.Linux.Tests.Files;

public sealed class FileOwnerTests
{
    [Fact]
    public void Set_NothingChanged_Succeeds()
    {
        string file = Path.GetTempFileName();
        try
        {
            FileOwner.Set(file, FileOwner.Unchanged, FileOwner.Unchanged).Ok.ShouldBeTrue();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Set_NoSuchFile_IsAnError() =>
        FileOwner.Set("/nonexistent/file", FileOwner.Unchanged, FileOwner.Unchanged).Error.ShouldBe(Errno.NoEntry);

    [Fact]
    public void Set_AnotherOwner_IsDoneForRootAndRefusedToOthers()
    {
        const int nobody = 65534;
        string file = Path.GetTempFileName();
        try
        {
            SysResult result = FileOwner.Set(file, nobody, nobody);

            result.Error.ShouldBe(Environment.IsPrivilegedProcess ? Errno.None : Errno.Perm);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
