using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Hosts;

public sealed class RouteOrderTests
{
    [Theory]
    [InlineData("a", "x", "a", "y")]
    [InlineData("a", "x", "b", "a")]
    [InlineData("a", "z", "a0", "a")]
    [InlineData("a-b", "z", "a", "a")]
    [InlineData("", "a", "a", "a")]
    public void Compare_SameAge_FollowsNamespaceSlashName(string space, string name, string laterSpace, string laterName)
    {
        Assert.True(string.CompareOrdinal($"{space}/{name}", $"{laterSpace}/{laterName}") < 0);
        Assert.True(RouteOrder.Compare(Of(space, name), Of(laterSpace, laterName)) < 0);
        Assert.True(RouteOrder.Compare(Of(laterSpace, laterName), Of(space, name)) > 0);
    }

    [Fact]
    public void Compare_Age_GoesBeforeNamesAndUnknownAgeIsYoungest()
    {
        var old = Of("z", "z", DateTimeOffset.UnixEpoch);
        var young = Of("a", "a", DateTimeOffset.UnixEpoch.AddSeconds(1));

        Assert.True(RouteOrder.Compare(old, young) < 0);
        Assert.True(RouteOrder.Compare(young, Of("a", "a")) < 0);
        Assert.Equal(0, RouteOrder.Compare(young, young));
    }

    private static HttpRoute Of(string space, string name, DateTimeOffset? created = null) =>
        Route(name, "gw") with { Metadata = Meta(name, space) with { CreationTimestamp = created } };
}
