using Sluice.Controller.Clustered.Infrastructure;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Resources;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>Somebody else who wants other values makes no loop of requests.</summary>
public sealed class InfrastructurePaceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly InfrastructureRecord _record = new(new NamespacedName("a", "b"), "b");
    private readonly WantedInfrastructure _wanted = new("uid", "b", RenderedInfrastructure.Nothing);

    [Fact]
    public void WhatIsChangedAgainAndAgain_IsLookedAtLaterAndLater()
    {
        var now = Start;
        var times = 0;
        while (now < Start + TimeSpan.FromMinutes(10))
        {
            InfrastructurePace.Count(_record, _wanted, now);
            times++;
            now += InfrastructurePace.Wait(_record, now);
        }

        Assert.InRange(times, 10, 40);
    }

    [Fact]
    public void AnotherChangeOfOurs_OrALongPeace_BeginsAnew()
    {
        for (var i = 0; i < 20; i++)
            InfrastructurePace.Count(_record, _wanted, Start);
        Assert.Equal(TimeSpan.FromSeconds(30), InfrastructurePace.Wait(_record, Start));

        InfrastructurePace.Count(_record, _wanted with { Uid = "other" }, Start);
        Assert.True(InfrastructurePace.Wait(_record, Start) < TimeSpan.FromSeconds(1));

        for (var i = 0; i < 20; i++)
            InfrastructurePace.Count(_record, _wanted, Start);
        var later = Start + TimeSpan.FromMinutes(2);
        Assert.True(InfrastructurePace.Wait(_record, later) < TimeSpan.FromSeconds(1));
        InfrastructurePace.Count(_record, _wanted, later);
        Assert.True(InfrastructurePace.Wait(_record, later) < TimeSpan.FromSeconds(1));
    }
}
