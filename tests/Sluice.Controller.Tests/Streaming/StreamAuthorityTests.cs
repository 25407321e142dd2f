using System.Security.Cryptography.X509Certificates;
using Sluice.Controller.Streaming;
using Sluice.Controller.Tests.Support;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>The stream's authority over the years.</summary>
public sealed class StreamAuthorityTests : IDisposable
{
    private static readonly AuthorityLifetimes Lifetimes = new();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-authority-");
    private readonly ManualClock _clock = new() { Now = DateTimeOffset.UtcNow };

    private FileAuthorityStore Store => new(Path.Combine(_folder.FullName, "authority"));

    private CancellationToken Stop { get; } = TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Replicas_ShareTheAuthority_AndHaveCertificatesOfTheirOwn()
    {
        var one = await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop);
        var two = await StreamAuthority.OpenAsync(Store, ["a.test", "127.0.0.1"], _clock, cancellationToken: Stop);

        Assert.Equal(one.Bundle, two.Bundle);
        Assert.NotEqual(one.Certificate.PrivateKey, two.Certificate.PrivateKey);
        Assert.True(IsTrusted(two, one.Bundle));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, "authority")));
    }

    [Fact]
    public async Task Replicas_ThatBeginAtOnce_AgreeOnOneAuthority()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenPatientlyAsync(), Stop)));

        Assert.Single(all.Select(authority => authority.Bundle).Distinct());
    }

    [Fact]
    public async Task Years_PassWithoutAProxyThatMeetsAnAuthorityItDoesNotKnow()
    {
        var authority = await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop);
        var replica = await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop);
        var bundles = new Queue<string>();
        var certificates = new HashSet<string>();
        for (var day = 0; day < 3 * 365; day++)
        {
            // A proxy's copy of the bundle is up to five days old.
            bundles.Enqueue(authority.Bundle);
            if (bundles.Count > 5)
                bundles.Dequeue();
            _clock.Now += TimeSpan.FromDays(1);
            await authority.RenewAsync(Stop);
            if (day % 2 == 0)
                await replica.RenewAsync(Stop);
            certificates.Add(authority.Certificate.Chain);

            Assert.True(IsTrusted(authority, bundles.Peek()), $"day {day}");
            Assert.True(IsTrusted(replica, bundles.Peek()), $"day {day}, replica");
            Assert.InRange(authority.Bundle.Split("BEGIN CERTIFICATE").Length - 1, 1, 3);
        }

        Assert.InRange(certificates.Count, 3 * 365 / 7, 3 * 365 / 4);
    }

    [Fact]
    public async Task AuthorityThatEndedWhileNobodyWasThere_IsReplaced()
    {
        await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop);
        _clock.Now += TimeSpan.FromDays(1000);

        var authority = await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop);

        Assert.True(IsTrusted(authority, authority.Bundle));
        Assert.Equal(2, authority.Bundle.Split("BEGIN CERTIFICATE").Length);
    }

    [Fact]
    public async Task NewCertificate_IsShown_AndOldStreamsGoOn()
    {
        await using var server = await StreamServer.StartAsync(clock: _clock);
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(80, "x"));
        await using var old = await RawStream.OpenAsync(server);
        var reader = new Sluice.Configuration.Streaming.UpdateReader();
        await old.ReadUpdateAsync(reader);
        var before = server.Authority.Certificate;

        // After five of seven days.
        _clock.Now += TimeSpan.FromDays(5);
        await server.Authority.RenewAsync(Stop);
        Assert.NotEqual(before, server.Authority.Certificate);
        Assert.Same(server.Authority.Certificate, server.Authority.Tls.Certificate);
        server.Hub.Publish(TestConfigurations.Answering(80, "y"));

        Assert.Equal(2, await old.ReadUpdateAsync(reader));
    }

    [Fact]
    public async Task FileThatOthersMayRead_IsNotTrusted()
    {
        await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop);
        File.SetUnixFileMode(Path.Combine(_folder.FullName, "authority"), UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var error = await Assert.ThrowsAsync<IOException>(() => StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop));

        Assert.Contains("others may read or write", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"current":{"certificate":"x","key":"SECRET"},"former":[]}""")]
    public async Task FileWithSomethingElse_IsAClearError_ThatQuotesNothing(string content)
    {
        var file = Path.Combine(_folder.FullName, "authority");
        await File.WriteAllTextAsync(file, content, Stop);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var error = await Assert.ThrowsAsync<IOException>(() => StreamAuthority.OpenAsync(Store, ["a.test"], _clock, cancellationToken: Stop));

        Assert.Contains("remove it to have a new one made", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The file's lock is held for a moment by the others.</summary>
    private async Task<StreamAuthority> OpenPatientlyAsync()
    {
        while (true)
        {
            try
            {
                return await StreamAuthority.OpenAsync(Store, ["a.test"], _clock, Lifetimes, Stop);
            }
            catch (IOException)
            {
                await Task.Delay(1, Stop);
            }
        }
    }

    private bool IsTrusted(StreamAuthority authority, string bundle)
    {
        using var leaf = X509Certificate2.CreateFromPem(authority.Certificate.Chain);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.Now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(bundle);
        return chain.Build(leaf) && leaf.MatchesHostname("a.test");
    }
}
