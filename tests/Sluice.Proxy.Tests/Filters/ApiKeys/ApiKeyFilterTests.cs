using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.ApiKeys;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.ApiKeys;

public sealed class ApiKeyFilterTests
{
    private static readonly ApiKeyPolicy Policy = new()
    {
        Clients = [new ApiKeyClient("alice", new SecretText("key-of-alice")), new ApiKeyClient("bob", new SecretText(" key of bob\n"))],
        ClientIdHeader = "X-Client",
    };

    [Theory]
    [InlineData("key-of-alice", "alice")]
    [InlineData("key of bob", "bob")]
    [InlineData("key-of-alicf", null)]
    [InlineData("key-of-alic", null)]
    [InlineData("key-of-alice2", null)]
    [InlineData("", null)]
    public void Key_NamesItsClient(string key, string? client)
    {
        FilterRun run = FilterRun.Get(("API-Key", key), ("x-client", "root"));

        Assert.Equal(client is null ? FilterVerdict.Deny : FilterVerdict.Continue, run.Apply(Filter(Policy)));

        if (client is null)
            Assert.Equal((401, "api_key_unknown", "ApiKey"), (run.Status, run.Reason, run.ResponseField("WWW-Authenticate")));
        else
            Assert.Equal((client, null, null), (run.RequestField("X-Client"), run.Field("x-client"), run.Field("api-key")));
    }

    [Fact]
    public void NoKey_OrTwo_AreRefused()
    {
        FilterRun none = FilterRun.Get(), two = FilterRun.Get(("api-key", "key-of-alice"), ("Api-Key", "key-of-alice"));

        Assert.Equal(FilterVerdict.Deny, none.Apply(Filter(Policy)));
        Assert.Equal(FilterVerdict.Deny, two.Apply(Filter(Policy)));

        Assert.Equal(("api_key_missing", "api_key_ambiguous"), (none.Reason, two.Reason));
        Assert.Equal("missing_api_key", none.Context.Denial!.Details);
    }

    [Fact]
    public void Sources_CountInTheirOrder_TheFirstThatIsThereDecides()
    {
        IRequestFilter filter = Filter(Policy with { Sources = [new ApiKeySource { Header = "X-Key", Query = "key", Cookie = "key" }, new ApiKeySource { Header = "Authorization" }] });

        Assert.Equal(FilterVerdict.Continue, FilterRun.Get(("Authorization", "Bearer key-of-alice")).Apply(filter));
        Assert.Equal(FilterVerdict.Continue, FilterRun.OfQuery("?a=1&key=key%20of%20bob").Apply(filter));
        Assert.Equal(FilterVerdict.Continue, FilterRun.Get(("Cookie", "a=b; key=key-of-alice")).Apply(filter));
        Assert.Equal(FilterVerdict.Deny, FilterRun.Get(("X-Key", "wrong"), ("Authorization", "Bearer key-of-alice")).Apply(filter));
        Assert.Equal(FilterVerdict.Deny, FilterRun.OfQuery("?key=wrong&key=key-of-alice").Apply(filter));
    }

    [Fact]
    public void Credentials_AreTakenOut_OfEverySource_UnlessTheyAreToBeForwarded()
    {
        ApiKeyPolicy policy = Policy with { Sources = [new ApiKeySource { Header = "X-Key", Query = "key", Cookie = "key" }] };
        FilterRun taken = Everywhere(), kept = Everywhere();

        taken.Apply(Filter(policy));
        kept.Apply(Filter(policy with { ForwardCredential = true }));

        Assert.Equal(("?a=1", null, "a=b"), (taken.Query, taken.Field("X-Key"), taken.Field("Cookie")));
        Assert.Equal(("?key=2&a=1", "key-of-alice", "a=b; key=3"), (kept.Query, kept.Field("X-Key"), kept.Field("Cookie")));

        static FilterRun Everywhere() => new(TestHead.Create("GET", "a", "/", "?key=2&a=1", ("X-Key", "key-of-alice"), ("Cookie", "a=b; key=3")));
    }

    [Fact]
    public void HugeKey_IsWrong()
    {
        FilterRun field = FilterRun.Get(("api-key", new string('x', ApiKeyFilter.MaxKeyLength + 1)));
        FilterRun query = FilterRun.OfQuery($"?k={new string('x', ApiKeyFilter.MaxKeyLength + 1)}");

        Assert.Equal(FilterVerdict.Deny, field.Apply(Filter(Policy)));
        Assert.Equal(FilterVerdict.Deny, query.Apply(Filter(Policy with { Sources = [new ApiKeySource { Query = "k" }] })));
    }

    [Fact]
    public void Clients_ThatCannotBeTold_AreLeftOut_WithoutTheirKeys()
    {
        var problems = new List<string>();
        ApiKeyPolicy policy = Policy with { Clients = [new ApiKeyClient("one", new SecretText("hush")), new ApiKeyClient("two", new SecretText("hush")), new ApiKeyClient("three", new SecretText(" "))] };

        IRequestFilter filter = ApiKeyFilter.Create(policy, problems)!;

        Assert.Equal(FilterVerdict.Continue, FilterRun.Get(("api-key", "hush")).Apply(filter));
        Assert.Equal(2, problems.Count);
        Assert.DoesNotContain(problems, problem => problem.Contains("hush", StringComparison.Ordinal));
        Assert.Null(ApiKeyFilter.Create(Policy with { Clients = [new ApiKeyClient("a", SecretText.Withheld)] }, problems));
        Assert.Null(ApiKeyFilter.Create(Policy with { Sources = [new ApiKeySource()] }, problems));
    }

    [Fact]
    public void ManyClients_AreAllFound()
    {
        var policy = new ApiKeyPolicy { Clients = [.. Enumerable.Range(0, 5000).Select(i => new ApiKeyClient($"c{i}", new SecretText($"key{i}")))] };
        IRequestFilter filter = Filter(policy);

        for (int i = 0; i < 5000; i++)
        {
            FilterRun run = FilterRun.Get(("api-key", $"key{i}"));
            Assert.Equal(FilterVerdict.Continue, run.Apply(filter));
            Assert.Equal($"c{i}", run.Context.User);
        }
    }

    private static ApiKeyFilter Filter(ApiKeyPolicy policy)
    {
        var problems = new List<string>();
        ApiKeyFilter? filter = ApiKeyFilter.Create(policy, problems);
        Assert.Empty(problems);
        return filter!;
    }
}
