using Sluice.Controller.Standalone;

namespace Sluice.Controller.Tests.Standalone;

public sealed class SessionKeyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-key-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_NoFile_MakesOneForItsOwnerOnly()
    {
        var path = Path.Combine(_folder, "key");

        SessionKeyFile.Load(path);
        var bytes = File.ReadAllBytes(path);
        SessionKeyFile.Load(path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Contains(bytes, octet => octet != 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Load_AnotherLength_SaysSo(int length)
    {
        var path = Path.Combine(_folder, "key");
        File.WriteAllBytes(path, new byte[length]);

        var error = Assert.Throws<StandaloneException>(() => SessionKeyFile.Load(path));

        Assert.Equal($"--session-key-file {path}: a key has 32 bytes, the file has {length}; name a file that does not exist to have a key made", error.Message);
    }

    [Fact]
    public void Load_NoFolder_SaysSo()
    {
        var error = Assert.Throws<StandaloneException>(() => SessionKeyFile.Load(Path.Combine(_folder, "none", "key")));

        Assert.StartsWith("--session-key-file ", error.Message);
    }
}
