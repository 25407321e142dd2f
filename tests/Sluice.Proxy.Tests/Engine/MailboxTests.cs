using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>The way into a worker, after its end.</summary>
public sealed class MailboxTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public unsafe void Post_AfterTheEnd_WritesToNobodysDescriptor(bool leaveSomething)
    {
        var mailbox = new Mailbox();
        var descriptor = mailbox.Descriptor;
        if (leaveSomething)
            mailbox.Post(_ => { }, null);
        mailbox.Dispose();

        // Somebody else gets the number (when no other test was faster).
        var reused = Libc.eventfd(0, LinuxConstants.EFD_NONBLOCK | LinuxConstants.EFD_CLOEXEC);
        mailbox.Post(_ => { }, null);
        ulong count = 0;
        var read = Libc.read(reused, &count, 8);
        Libc.close(reused);

        Assert.True(reused != descriptor || read < 0, "a post wrote to a descriptor of somebody else");
    }
}
