using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Routing;

public sealed class RuntimeForwardTests
{
    [Theory]
    [InlineData(new[] { 70, 30, 0 })]
    [InlineData(new[] { 1, 1 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    [InlineData(new[] { 1, 99 })]
    [InlineData(new[] { 1_000_000, 1_000_000, 500_000 })]
    [InlineData(new[] { int.MaxValue, int.MaxValue })]
    [InlineData(new[] { 0, 5, 0 })]
    public void Choose_FiveHundredRequests_MeetsEveryShareWithinAPoint(int[] weights)
    {
        RuntimeForward forward = Compile(weights);
        var counts = new int[weights.Length];
        for (int i = 0; i < 500; i++)
            counts[forward.Choose()!.ClusterId]++;

        double total = weights.Sum(weight => (double)weight);
        Assert.All(weights, (weight, i) => Assert.InRange(counts[i] / 5.0, (100.0 * weight / total) - 1, (100.0 * weight / total) + 1));
        Assert.All(weights, (weight, i) => Assert.True(weight > 0 || counts[i] == 0));
    }

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 0, 0 })]
    public void Choose_NoWeight_IsNull(int[] weights) => Assert.Null(Compile(weights).Choose());

    [Theory]
    [InlineData(0x00000000u, 0)]
    [InlineData(0x3FFFFFFFu, 0)]
    [InlineData(0x40000000u, 1)]
    [InlineData(0xFFFFFFFFu, 1)]
    public void Choose_Point_TakesTheBackendWhoseShareHoldsIt(uint point, int expected) =>
        Assert.Equal(expected, Compile([1, 3]).Choose(point)!.ClusterId);

    private static RuntimeForward Compile(int[] weights)
    {
        WeightedBackend[] backends = [.. weights.Select((weight, i) => new WeightedBackend { Cluster = $"{i}", Weight = weight })];
        return (RuntimeForward)new RuleCompiler(int.Parse, SessionKey.Random(), FilterRun.Parts()).Compile(Samples.Rule("weights", backends)).Action;
    }
}
