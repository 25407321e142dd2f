using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.BasicAuth;
using Sluice.Proxy.Tests.Filters.Jwt;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters;

/// <summary>Authentication from client to backend, with keys that are fetched from another backend.</summary>
public sealed class AuthenticationTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task RemoteKeys_AreFetchedOnce_ForAllThatWait()
    {
        using var issuer = new TokenIssuer();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = ScriptedBackend.Answering();
        await using var keys = Keys(issuer, release.Task);
        await using var proxy = await Remote(backend, keys).StartAsync(_clock, workers: 2);

        Task<WireMessage>[] waiting = [.. Enumerable.Range(0, 8).Select(_ => proxy.ExchangeAsync(Bearer(issuer.Issue())))];
        await keys.NextRequestAsync();
        Assert.Empty(backend.Requests);
        release.SetResult();

        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal(200, response.Status));
        Assert.Empty(keys.TakeRequests().Skip(1));
        var request = await backend.NextRequestAsync();
        Assert.Equal(("alice", null), (request["X-Sub"], request["Authorization"]));
        Assert.Equal(401, (await proxy.ExchangeAsync(Bearer(issuer.Issue("none")))).Status);
        Assert.Equal("Jwt is missing", (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
    }

    [Fact]
    public async Task StormOfUnknownKeys_CostsTheIssuerOneRequest_AndOutlivesChanges()
    {
        using var issuer = new TokenIssuer();
        await using var backend = ScriptedBackend.Answering();
        await using var keys = Keys(issuer, Task.CompletedTask);
        await using var proxy = await Remote(backend, keys).StartAsync(_clock, workers: 2);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(client => StormAsync(client)));
        await proxy.ApplyAsync(Remote(backend, keys, new CsrfPolicy()));
        await StormAsync(7);

        Assert.Single(keys.Requests);
        Assert.Equal(200, (await proxy.ExchangeAsync(Bearer(issuer.Issue()))).Status);

        async Task StormAsync(int number)
        {
            await using var client = await proxy.ConnectAsync();
            for (var i = 0; i < 20; i++)
                Assert.Equal(401, (await client.ExchangeAsync(Bearer(issuer.Issue("ES256", keyId: $"{number}-{i}")))).Status);
        }
    }

    [Fact]
    public async Task KeysThatCannotBeHad_Are503_AndSaidOnce()
    {
        using var issuer = new TokenIssuer();
        using var dead = ScriptedBackend.Dead();
        await using var backend = ScriptedBackend.Answering();
        var reports = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var proxy = await TestRoutes.All(backend.Endpoint).StartAsync(_clock);
        proxy.Server.PolicyReported += reports.Enqueue;
        var routes = TestRoutes.All(backend.Endpoint);
        var cluster = routes.AddCluster(new Endpoint("127.0.0.1", dead.Port));
        await proxy.ApplyAsync(routes.With(Policies(cluster)));

        for (var i = 0; i < 3; i++)
        {
            var response = await proxy.ExchangeAsync(Bearer(issuer.Issue()));
            Assert.Equal((503, "1"), (response.Status, response["Retry-After"]));
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.StartsWith("JWKS http://keys.test/jwks: 127.0.0.1:", Assert.Single(reports), StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Password_ThatIsDearToCheck_IsCheckedBesideTheWorker()
    {
        await using var backend = ScriptedBackend.Answering();
        const string Salt = "abcdefghijklmnopqrstuu";
        var users = new BasicAuthUser[]
        {
            new("alice", new SecretText($"$2b$06${Salt}{Bcrypt.Hash("secret"u8, Salt, 6)}")),
            new("bob", new SecretText($"$apr1$abcdefgh${Apr1.Hash("secret"u8, "abcdefgh")}")),
            new("carol", new SecretText("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=")),
        };
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { BasicAuth = new BasicAuthPolicy { Users = users, UsernameHeader = "X-User" } }).StartAsync(_clock);
        await using var client = await proxy.ConnectAsync();

        foreach (var name in (string[])["alice", "bob", "carol"])
        {
            Assert.Equal(200, (await client.ExchangeAsync(Basic($"{name}:secret"))).Status);
            Assert.Equal(name, (await backend.NextRequestAsync())["X-User"]);
            Assert.Equal(401, (await client.ExchangeAsync(Basic($"{name}:wrong"))).Status);
        }

        // A flood from one address: answered one way or the other, nobody let in, and those who know their password still are.
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => proxy.ExchangeAsync(Basic($"alice:guess{i}"))));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 401, 503 }));
        Assert.Equal(200, (await client.ExchangeAsync(Basic("alice:secret"))).Status);
    }

    private static ScriptedBackend Keys(TokenIssuer issuer, Task release) => ScriptedBackend.Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
        {
            await release;
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {issuer.Jwks.Length}\r\n\r\n{issuer.Jwks}");
        }
    });

    private static TestRoutes Remote(ScriptedBackend backend, ScriptedBackend keys, CsrfPolicy? csrf = null)
    {
        var routes = TestRoutes.All(backend.Endpoint);
        var cluster = routes.AddCluster(keys.Endpoint);
        return routes.With(Policies(cluster) with { Csrf = csrf });
    }

    private static RequestPolicies Policies(string cluster) => new()
    {
        Jwt = new JwtPolicy
        {
            Providers =
            [
                new JwtProvider
                {
                    Name = "p",
                    Issuer = "issuer",
                    RemoteJwks = new RemoteJwks { Url = "http://keys.test/jwks", Cluster = cluster },
                    ClaimsToHeaders = [new ClaimToHeader("sub", "X-Sub")],
                },
            ],
        },
    };

    private static string Bearer(string token) => $"GET / HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer {token}\r\n\r\n";

    private static string Basic(string pair) => $"GET / HTTP/1.1\r\nHost: a.test\r\nAuthorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}\r\n\r\n";
}
