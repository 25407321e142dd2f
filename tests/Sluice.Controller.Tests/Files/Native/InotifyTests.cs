using Sluice.Controller.Files.Native;

namespace Sluice.Controller.Tests.Files.Native;

public sealed class InotifyTests
{
    [Fact]
    public void Wake_EndsOneWait()
    {
        using var inotify = new Inotify();

        inotify.Wake();
        inotify.Wake();

        Assert.True(inotify.Wait(-1));
        Assert.False(inotify.Wait(0));
    }
}
