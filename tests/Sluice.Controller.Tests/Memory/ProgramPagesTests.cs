using Sluice.Controller.Memory;

namespace Sluice.Controller.Tests.Memory;

public sealed class ProgramPagesTests
{
    [Theory]
    [InlineData("00001000-00003000 r-xp 00000000 08:01 7 /usr/lib/libssl.so.3", true)] // native code of a library
    [InlineData("00001000-00003000 r--s 00000000 08:01 7 /app/sluice", true)] // shared, read only
    [InlineData("0000e000-00010000 r-xp 00000000 08:01 7 /app/sluice", true)] // the program's native code
    [InlineData("00001000-00003000 r-xp 00000000 08:01 7 /app/sluice", false)] // compiled methods
    [InlineData("00001000-00003000 rw-s 00000000 08:01 7 /app/data", false)]
    [InlineData("00001000-00003000 rw-p 00000000 08:01 7 /usr/lib/libssl.so.3", false)]
    [InlineData("00001000-00003000 r--p 00000000 08:01 7 /usr/lib/libssl.so.3", false)] // relocated tables
    [InlineData("00001000-00003000 r-xs 00000000 00:01 7 /memfd:doublemapper (deleted)", false)]
    [InlineData("00001000-00003000 rw-p 00000000 00:00 0", false)]
    [InlineData("00001000-00003000 r-xp 00000000 00:00 0 [vdso]", false)]
    public void Copies_AreMappingsThatNobodyCanHaveWritten(string line, bool isCopy)
    {
        var copies = ProgramPages.Copies([line], entry: 0xf000).ToArray();

        Assert.Equal(isCopy ? 1 : 0, copies.Length);
        Assert.All(copies, copy => Assert.Equal(0x2000, copy.Length));
    }

    [Fact]
    public void Release_LeavesTheProgramRunning()
    {
        for (var round = 0; round < 20; round++)
        {
            ProgramPages.Release();
            Assert.True(System.Security.Cryptography.SHA256.HashData([1, 2, 3]).Length > 0);
        }
    }
}
