using Sluice.Configuration.Policies;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Policies;
using Sluice.Translation.Policies.Traffic;
using RbacPolicy = Sluice.Configuration.Policies.RbacPolicy;
using RbacSpec = Sluice.Resources.Policies.Traffic.RbacPolicy;

namespace Sluice.Translation.Tests.Policies.Traffic;

public sealed class RbacCompilerTests
{
    private readonly Problems _problems = new();

    [Theory]
    [InlineData("Allow", RbacAction.Allow)]
    [InlineData("Deny", RbacAction.Deny)]
    public void Compile_TakesActionAndExpressions(string action, RbacAction expected)
    {
        var policy = Compile(action, "request.path == '/'", "source.address.startsWith('10.')");

        Assert.Equal((expected, false), (policy.Action, policy.MatchAll));
        Assert.Equal(["request.path == '/'", "source.address.startsWith('10.')"], policy.Expressions);
        Assert.Empty(_problems.All);
    }

    [Fact]
    public void Compile_WrongExpression_IsReportedWithItsPlace_AndStaysForTheDataPlaneToRefuse()
    {
        var policy = Compile("Allow", "true", "request.pth == '/'");

        Assert.Equal(2, policy.Expressions.Count);
        var problem = Assert.Single(_problems.All);
        Assert.StartsWith("rbac.policy.matchExpressions[1]: line 1, column ", problem, StringComparison.Ordinal);
        Assert.Contains("\"path\"", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_NothingThatCanBeUsed_LetsNobodyIn()
    {
        Assert.Equivalent(new RbacPolicy(), Compile("Deny"));
        Assert.Equivalent(new RbacPolicy(), Compile("Log", "true"));

        Assert.Equal(["rbac.policy.matchExpressions: there are 0 expressions; 1 to 256 are needed", "rbac.action: \"Log\" is neither Allow nor Deny"], _problems.All);
    }

    private RbacPolicy Compile(string action, params string[] expressions) =>
        RbacCompiler.Compile(new RbacSpec { Action = action, Policy = new RbacRules { MatchExpressions = expressions } }, _problems, "rbac");

    private sealed class Problems : IPolicySurroundings
    {
        public List<string> All { get; } = [];

        public string Namespace => "test";

        public void Problem(string field, string message) => All.Add($"{field}: {message}");

        public Secret? Secret(string name, string? ns, string field) => null;

        public IReadOnlyList<Secret> Secrets(IReadOnlyDictionary<string, string> labels) => [];

        public ConfigMap? ConfigMap(string name, string? ns, string field) => null;

        public GatewayExtension? Extension(ExtensionReference reference, string field) => null;

        public IPolicySurroundings Of(GatewayExtension extension, string field) => this;

        public string? Cluster(BackendObjectReference reference, string field) => null;
    }
}
