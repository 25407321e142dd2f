using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Sessions;

/// <summary>Timeouts and attributes, with a clock of the test's own.</summary>
public sealed class SessionPolicyTests
{
    private const uint Start = 1_700_000_000;

    private static readonly SessionKey Key = SessionKey.Random();

    private static readonly RuntimeBackend Backend = new()
    {
        Source = new WeightedBackend { Cluster = "a/b:80", Weight = 1 },
        ClusterId = 0,
        RequestEdits = HeaderEdits.None,
        ResponseEdits = HeaderEdits.None,
    };

    private static SessionPersistence Cookie => new() { Type = SessionPersistenceType.Cookie, SessionName = "s" };

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Find_AbsoluteTimeout_EndsTheSession(uint later, bool expected)
    {
        var policy = Policy(Cookie with { AbsoluteTimeout = TimeSpan.FromMinutes(1) });

        Assert.Equal(expected, policy.Find(Request(New(policy)), Start + later, out _) is not null);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(110, true)]
    [InlineData(111, false)]
    public void Find_IdleTimeout_EndsTheSessionAtMostATenthLate(uint later, bool expected)
    {
        var policy = Policy(Cookie with { IdleTimeout = TimeSpan.FromSeconds(100) });

        Assert.Equal(expected, policy.Find(Request(New(policy)), Start + later, out _) is not null);
    }

    [Fact]
    public void Find_TokenFromTheFutureOfAnotherClock_IsGood()
    {
        var policy = Policy(Cookie with { IdleTimeout = TimeSpan.FromSeconds(100), AbsoluteTimeout = TimeSpan.FromSeconds(200) });

        Assert.NotNull(policy.Find(Request(New(policy)), Start - 5, out _));
    }

    [Fact]
    public void TryRenew_IdleTimeout_RenewsAfterATenthAndKeepsTheBeginning()
    {
        var policy = Policy(Cookie with { IdleTimeout = TimeSpan.FromSeconds(100) });
        var token = New(policy);

        Assert.False(policy.TryRenew(token, Backend, 7, Start + 10, out _));
        Assert.True(policy.TryRenew(token, Backend, 7, Start + 11, out var renewed));
        Assert.Equal((Start, Start + 11), (renewed.Began, renewed.Seen));
    }

    [Fact]
    public void TryRenew_AnotherEndpoint_BeginsANewSession()
    {
        var policy = Policy(Cookie);

        Assert.True(policy.TryRenew(New(policy), Backend, 8, Start + 10, out var token));
        Assert.Equal((8ul, Start + 10), (token.Endpoint, token.Began));
    }

    [Fact]
    public void Find_TokenOfABackendThatIsGone_GivesNone()
    {
        var policy = Policy(Cookie);

        Assert.Null(policy.Find(Request(New(policy) with { Backend = 1 }), Start, out var token));
        Assert.Equal(default, token);
    }

    [Theory]
    [InlineData("", false, false, "s={0}; Path=/; HttpOnly; SameSite=Strict")]
    [InlineData("/shop", false, false, "s={0}; Path=/shop; HttpOnly; SameSite=Strict")]
    [InlineData("/a;b", false, false, "s={0}; Path=/; HttpOnly; SameSite=Strict")]
    [InlineData("/shop", true, false, "s={0}; Path=/shop; HttpOnly; SameSite=Strict; Secure")]
    [InlineData("/shop", false, true, "s={0}; Path=/shop; Max-Age=3540; HttpOnly; SameSite=Strict")]
    public void Write_Cookie_HasItsAttributes(string path, bool secure, bool permanent, string expected)
    {
        var policy = Policy(Cookie with { AbsoluteTimeout = TimeSpan.FromHours(1), IsPermanentCookie = permanent });
        var token = New(policy) with { Seen = Start + 60 };
        var edits = new ExchangeEdits();

        policy.Write(token, Encoding.ASCII.GetBytes(path), secure, edits);

        edits.Follow(HeaderEdits.None);
        Assert.Equal("Set-Cookie: " + string.Format(null, expected, Text(token)) + "\r\n", Encoding.ASCII.GetString(edits.AppendedLines));
        Assert.Equal("set-cookie", Encoding.ASCII.GetString(edits.AppendedLowerName(0)));
    }

    [Fact]
    public void Write_FixedPath_GoesBeforeTheMatch()
    {
        var policy = Policy(Cookie with { CookiePath = "/fixed" });
        var edits = new ExchangeEdits();

        policy.Write(New(policy), "/matched"u8, secure: false, edits);

        edits.Follow(HeaderEdits.None);
        Assert.Contains("; Path=/fixed;", Encoding.ASCII.GetString(edits.AppendedLines));
    }

    [Fact]
    public void Find_SeveralCookiesOfTheName_TakesTheGoodOne()
    {
        var policy = Policy(Cookie);
        var text = Text(New(policy));

        Assert.NotNull(policy.Find(TestHead.Get("/", ("Cookie", $"other=1; s=old; xs={text}; S={text}"), ("cookie", $"s=\"{text}\"")), Start, out _));
        Assert.Null(policy.Find(TestHead.Get("/", ("Cookie", $"xs={text}; S={text}; s; s=")), Start, out _));
    }

    private static SessionPolicy Policy(SessionPersistence session) => new(session, [Backend], Key);

    private static SessionToken New(SessionPolicy policy)
    {
        policy.TryRenew(default, Backend, 7, Start, out var token);
        return token;
    }

    private static string Text(SessionToken token)
    {
        var text = new byte[SessionToken.TextLength];
        token.Write(text, Key);
        return Encoding.ASCII.GetString(text);
    }

    private static Proxy.Http.RequestHead Request(SessionToken token) => TestHead.Get("/", ("Cookie", $"s={Text(token)}"));
}
