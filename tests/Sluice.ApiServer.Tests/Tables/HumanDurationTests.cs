using Sluice.ApiServer.Tables;

namespace Sluice.ApiServer.Tests.Tables;

public sealed class HumanDurationTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(119, "119s")]
    [InlineData(120, "2m")]
    [InlineData(125, "2m5s")]
    [InlineData(3599, "59m")]
    [InlineData(3 * 3600, "3h")]
    [InlineData((3 * 3600) + 300, "3h5m")]
    [InlineData(47 * 3600, "47h")]
    [InlineData(50 * 3600, "2d2h")]
    [InlineData(10 * 86400, "10d")]
    [InlineData(3 * 365 * 86400, "3y")]
    [InlineData(((3 * 365) + 4) * 86400, "3y4d")]
    [InlineData(9 * 365 * 86400, "9y")]
    [InlineData(-5, "<invalid>")]
    public void Since_IsAsKubectlHasIt(long seconds, string text)
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(50);

        Assert.Equal(text, HumanDuration.Since(now.AddSeconds(-seconds), now));
    }

    [Fact]
    public void Since_NoTime_IsUnknown() => Assert.Equal("<unknown>", HumanDuration.Since(null, DateTimeOffset.UnixEpoch));
}
