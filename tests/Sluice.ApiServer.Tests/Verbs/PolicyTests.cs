using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Verbs;

/// <summary>The policies as objects of the API: defaults, checks and statuses.</summary>
public sealed class PolicyTests : IAsyncDisposable
{
    private const string Policies = "/apis/gateway.kgateway.dev/v1alpha1/namespaces/default/trafficpolicies";

    private readonly ApiHarness _api = new();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Create_Policy_GetsItsDefaults()
    {
        var created = (await _api.PostAsync(Policies, Policy("{'rateLimit':{'local':{'tokenBucket':{'maxTokens':5,'fillInterval':'1s'}}}}"))).Expect(201);

        Assert.Equal("1", created.TextAt("spec.rateLimit.local.tokenBucket.tokensPerFill"));
        Assert.Equal("100", created.TextAt("spec.rateLimit.local.percentEnabled"));
    }

    [Theory]
    [InlineData("{'rateLimit':{'local':{'tokenBucket':{'maxTokens':0,'fillInterval':'1s'}}}}", "spec.rateLimit.local.tokenBucket.maxTokens: must be a whole number of at least 1")]
    [InlineData("{'buffer':{'maxRequestSize':'1Ki','disable':{}}}", "spec.buffer: must have exactly one of maxRequestSize and disable")]
    [InlineData("{'rbac':{}}", "spec.rbac.policy: is required")]
    public async Task Create_WrongPolicy_IsRefused(string spec, string message)
    {
        var answer = (await _api.PostAsync(Policies, Policy(spec))).Expect(422);

        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
        (await _api.GetAsync(Policies + "/p")).Expect(404);
    }

    [Fact]
    public async Task Status_OfAPolicy_IsASubresource()
    {
        const string Status = "{'ancestors':[{'ancestorRef':{'name':'web'},'controllerName':'a.example/b','conditions':[{'type':'Accepted','status':'True','reason':'Valid','message':'','lastTransitionTime':'2026-01-01T00:00:00Z'}]}]}";
        var created = (await _api.PostAsync(Policies, Policy("{'timeouts':{'request':'1s'}}", $",'status':{Status}"))).Expect(201);
        Assert.Equal("", created.TextAt("status.ancestors.0.controllerName"));

        (await _api.PatchAsync(Policies + "/p/status", $"{{'spec':{{'timeouts':{{'request':'2s'}}}},'status':{Status}}}")).Expect(200);

        var read = (await _api.GetAsync(Policies + "/p")).Expect(200);
        Assert.Equal("a.example/b", read.TextAt("status.ancestors.0.controllerName"));
        Assert.Equal("1s", read.TextAt("spec.timeouts.request"));
    }

    private static string Policy(string spec, string rest = "") =>
        ApiHarness.Json($"{{'apiVersion':'gateway.kgateway.dev/v1alpha1','kind':'TrafficPolicy','metadata':{{'name':'p'}},'spec':{spec}{rest}}}");
}
