using Sluice.Resources;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Tests.Gateways;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Schedule _schedule = new();

    [Fact]
    public void Next_IsTheEarliestThatHolds()
    {
        Assert.Null(_schedule.Next);
        _schedule.Set(Owner("a"), Start.AddDays(2));
        _schedule.Set(Owner("b"), Start.AddDays(1));
        Assert.Equal(Start.AddDays(1), _schedule.Next);

        _schedule.Set(Owner("b"), Start.AddDays(3));
        Assert.Equal(Start.AddDays(2), _schedule.Next);

        _schedule.Set(Owner("a"), null);
        Assert.Equal(Start.AddDays(3), _schedule.Next);
    }

    [Fact]
    public void TakeDue_GivesWhatIsDueOnce()
    {
        _schedule.Set(Owner("a"), Start);
        _schedule.Set(Owner("b"), Start.AddSeconds(1));
        _schedule.Set(Owner("c"), Start.AddSeconds(2));

        Assert.Equal([Owner("a"), Owner("b")], Due(Start.AddSeconds(1)).OrderBy(owner => owner.Name.Name));
        Assert.Empty(Due(Start.AddSeconds(1)));
        Assert.Equal([Owner("c")], Due(Start.AddYears(1)));
    }

    [Fact]
    public void Set_AgainAndAgain_KeepsTheLastTime()
    {
        for (var day = 1; day <= 1000; day++)
            _schedule.Set(Owner("a"), Start.AddDays(day));
        _schedule.Set(Owner("a"), Start.AddDays(5));

        Assert.Equal(Start.AddDays(5), _schedule.Next);
        Assert.Equal([Owner("a")], Due(Start.AddDays(2000)));
        Assert.Null(_schedule.Next);
    }

    private static ParentKey Owner(string name) => new(true, new NamespacedName("default", name));

    private HashSet<ParentKey> Due(DateTimeOffset now)
    {
        var due = new HashSet<ParentKey>();
        _schedule.TakeDue(now, due);
        return due;
    }
}
