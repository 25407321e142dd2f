using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.OAuth2;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>An issuer, and filters in front of which users log in with it.</summary>
internal sealed class OAuth2World : IDisposable
{
    public OAuth2World(IOAuth2Calls? calls = null)
    {
        Issuer = new TestIssuer(Clock);
        Providers = new OAuth2Providers(calls ?? Issuer, Clock, Problems.Add);
    }

    public static OAuth2Policy Policy { get; } = new()
    {
        Name = "infra/idp",
        Issuer = "https://idp.example.com",
        Cluster = "infra/idp:443",
        ClientId = TestIssuer.ClientId,
        ClientSecret = new SecretText(TestIssuer.ClientSecret),
        Scopes = ["openid", "email"],
        ForwardAccessToken = true,
        IdToken = new OAuth2TokenRules { ClaimsToHeaders = [new ClaimToHeader("email", "X-Email")] },
    };

    public ManualClock Clock { get; } = new();

    public TestIssuer Issuer { get; }

    public OAuth2Providers Providers { get; }

    public SynchronizedList Problems { get; } = new();

    public OAuth2Filter Filter(OAuth2Policy? policy = null)
    {
        var problems = new List<string>();
        OAuth2Filter? filter = OAuth2Filter.Create(policy ?? Policy, Providers, problems);
        Assert.Empty(problems);
        return filter!;
    }

    public OAuth2Browser Browser(OAuth2Filter? filter = null, string host = "app.example.com", bool secure = true) => new(filter ?? Filter(), Clock, host, secure);

    public void Dispose() => Issuer.Dispose();

    internal sealed class SynchronizedList
    {
        private readonly List<string> _items = [];

        public void Add(string item)
        {
            lock (_items)
                _items.Add(item);
        }

        public string[] All
        {
            get
            {
                lock (_items)
                    return [.. _items];
            }
        }
    }
}
