using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class DistributionTests
{
    private static readonly Dictionary<string, double> Shares = new() { ["v1"] = 0.7, ["v2"] = 0.3, ["v3"] = 0 };

    [Theory]
    [InlineData(350, 150, 0, true)]
    [InlineData(374, 126, 0, true)]
    [InlineData(380, 120, 0, false)]
    [InlineData(500, 0, 0, false)]
    [InlineData(349, 150, 1, false)]
    public void Compare_Counts_AreHeldAgainstTheShares(int first, int second, int third, bool isRight)
    {
        string[] pods = [.. Enumerable.Repeat("v1-0", first), .. Enumerable.Repeat("v2-1", second), .. Enumerable.Repeat("v3-0", third)];

        Assert.Equal(isRight, Distribution.Compare(pods, Shares, 0.05) is null);
    }

    [Fact]
    public void Compare_PodOfAnotherBackend_IsSaid() => Assert.Contains("pod other-0", Distribution.Compare(["v1-0", "other-0"], Shares, 0.05), StringComparison.Ordinal);
}
