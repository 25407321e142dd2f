using Sluice.Controller.Statuses;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Tests.Statuses;

public sealed class SupportedVersionTests
{
    private static readonly NamespacedName Key = new("", "sluice");
    private static readonly Dictionary<NamespacedName, GatewayClassStatus> Classes = new() { [Key] = new GatewayClassStatus([new Condition("Accepted", true, "Accepted", "", 4)], []) };

    [Theory]
    [InlineData("v1.6.1", true)]
    [InlineData("v1.6.0-rc.2", true)]
    [InlineData("v1.6-dev", true)]
    [InlineData("v1.5.0", false)]
    [InlineData("v1.60.0", false)]
    [InlineData("nonsense", false)]
    public void Complete_Version_BecomesACondition(string version, bool isSupported)
    {
        var condition = new SupportedVersion().Complete(Classes, version)[Key].Conditions[1];

        Assert.Equal(("SupportedVersion", isSupported, isSupported ? "SupportedVersion" : "UnsupportedVersion", 4L), (condition.Type, condition.Status, condition.Reason, condition.ObservedGeneration));
        Assert.Equal(isSupported, condition.Message.Length == 0);
    }

    [Fact]
    public void Complete_VersionThatIsNotKnown_SaysNothing() => Assert.Same(Classes, new SupportedVersion().Complete(Classes, null));

    [Fact]
    public void Complete_SameAgain_IsTheSameInstance()
    {
        var version = new SupportedVersion();

        Assert.Same(version.Complete(Classes, "v1.6.1"), version.Complete(Classes, "v1.6.1"));
    }
}
