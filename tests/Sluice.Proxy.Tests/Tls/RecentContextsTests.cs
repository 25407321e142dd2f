using System.Globalization;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>More certificates in use than contexts are kept.</summary>
public sealed class RecentContextsTests
{
    [Fact]
    public async Task EveryCertificate_IsServed_AlsoAfterItsContextWasDropped()
    {
        using var authority = new TestAuthority();
        await using var backend = ScriptedBackend.Answering();
        var certificates = Enumerable.Range(0, RecentContexts.Kept + 4).Select(i => authority.Issue(Name(i))).ToArray();
        try
        {
            await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), certificates);

            // The first are dropped for the last, and wanted again.
            foreach (var i in Enumerable.Range(0, certificates.Length).Concat([0, 1, 2]))
            {
                await using var client = await proxy.ConnectTlsAsync(Name(i));
                Assert.Equal($"CN={Name(i)}", client.ServerCertificate.Subject);
            }
        }
        finally
        {
            foreach (var certificate in certificates)
                certificate.Dispose();
        }
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"n{number}.example");
}
