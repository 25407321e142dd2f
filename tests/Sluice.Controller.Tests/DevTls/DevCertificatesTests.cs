using Sluice.Controller.DevTls;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;

namespace Sluice.Controller.Tests.DevTls;

public sealed class DevCertificatesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sluice-dev-tls-").FullName;
    private readonly ManualClock _clock = new();
    private readonly DevAuthority _authority;
    private readonly DevCertificates _certificates;

    public DevCertificatesTests()
    {
        _authority = DevAuthority.Load(new DevTlsFolder(Path.Combine(_root, "dev-tls")), _clock);
        _certificates = new DevCertificates(_authority, _clock);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Complete_SameAgain_IsTheSameInstance()
    {
        var snapshot = Snapshots.Of();

        var first = _certificates.Complete(snapshot, [Wanted("a", "a.example")]);
        var second = _certificates.Complete(snapshot, [Wanted("a", "a.example")]);

        Assert.Same(first.Secrets, second.Secrets);
        Assert.Single(first.Secrets);
    }

    [Fact]
    public void Complete_OtherSecretChanges_KeepsWhatWasIssued()
    {
        var first = _certificates.Complete(Snapshots.Of(), [Wanted("a", "a.example")]);
        var second = _certificates.Complete(Snapshots.Of("apiVersion: v1\nkind: Secret\nmetadata: {name: other}\nstringData: {x: y}\n"), [Wanted("a", "a.example")]);

        Assert.Equal(2, second.Secrets.Count);
        Assert.Same(first.Secrets[Key("a")], second.Secrets[Key("a")]);
    }

    [Fact]
    public void Complete_MoreNames_IssuesAnew_FewerDoNot()
    {
        var snapshot = Snapshots.Of();
        var one = _certificates.Complete(snapshot, [Wanted("a", "a.example")]).Secrets[Key("a")];

        var two = _certificates.Complete(snapshot, [Wanted("a", "a.example", "b.example")]).Secrets[Key("a")];
        var still = _certificates.Complete(snapshot, [Wanted("a", "b.example")]).Secrets[Key("a")];

        Assert.NotSame(one, two);
        Assert.Same(two, still);
    }

    [Fact]
    public void Complete_NotWantedAnyMore_IsGone()
    {
        var snapshot = Snapshots.Of();
        _certificates.Complete(snapshot, [Wanted("a", "a.example")]);

        var after = _certificates.Complete(snapshot, []);

        Assert.Empty(after.Secrets);
        Assert.Empty(_certificates.InUse);
        Assert.Null(_certificates.RenewalDue);
    }

    [Fact]
    public void Complete_AMonthBeforeItsEnd_IssuesAnew()
    {
        var snapshot = Snapshots.Of();
        var first = _certificates.Complete(snapshot, [Wanted("a", "a.example")]).Secrets[Key("a")];
        var due = _certificates.RenewalDue!.Value;

        _clock.Now = due - TimeSpan.FromSeconds(1);
        var kept = _certificates.Complete(snapshot, [Wanted("a", "a.example")]).Secrets[Key("a")];
        _clock.Now = due;
        var renewed = _certificates.Complete(snapshot, [Wanted("a", "a.example")]).Secrets[Key("a")];

        Assert.Same(first, kept);
        Assert.NotSame(first, renewed);
        Assert.Equal(due + TimeSpan.FromDays(335), _certificates.RenewalDue);
    }

    private static WantedCertificate Wanted(string secret, params string[] names) => new(Key(secret), names, [], null);

    private static NamespacedName Key(string name) => new("default", name);
}
