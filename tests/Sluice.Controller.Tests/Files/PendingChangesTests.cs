using Sluice.Controller.Files;

namespace Sluice.Controller.Tests.Files;

/// <summary>When changes are due, on a clock of the test's own.</summary>
public class PendingChangesTests
{
    private static readonly FilePlace A = new(0, "a.yaml", "/a.yaml");
    private static readonly FilePlace B = new(0, "b.yaml", "/b.yaml");
    private readonly PendingChanges _pending = new();

    [Fact]
    public void WaitTime_NothingPending_IsForEver()
    {
        Assert.Equal(-1, _pending.WaitTime(0));
        Assert.False(_pending.TryTake(1_000_000, out _));
    }

    [Fact]
    public void TryTake_OneChange_IsDueAfterAQuietMoment()
    {
        _pending.Changed(A, 100);

        Assert.Equal(PendingChanges.Quiet, _pending.WaitTime(100));
        Assert.False(_pending.TryTake(100 + PendingChanges.Quiet - 1, out _));
        Assert.True(_pending.TryTake(100 + PendingChanges.Quiet, out var batch));
        Assert.Equal([A], batch.Files);
        Assert.False(batch.Rescan);
        Assert.Equal(-1, _pending.WaitTime(200_000));
    }

    [Fact]
    public void TryTake_ChangesWithoutEnd_AreDueAfterTheLongestTime()
    {
        long now = 0;
        for (; now < PendingChanges.Longest; now += PendingChanges.Quiet / 2)
        {
            _pending.Changed(now % 2 == 0 ? A : B, now);
            Assert.False(_pending.TryTake(now, out _));
        }

        Assert.True(_pending.TryTake(now, out _));
    }

    [Fact]
    public void TryTake_FileBeingWritten_WaitsForItsEnd()
    {
        _pending.Changed(A, 0);
        _pending.BeingWritten(A, 1);
        _pending.Touched(A, 2);
        Assert.True(_pending.IsOpen(A.Path));
        Assert.True(_pending.TryTake(PendingChanges.Quiet, out var none));
        Assert.Empty(none.Files);

        _pending.Changed(A, 50_000);

        Assert.True(_pending.TryTake(50_000 + PendingChanges.Quiet, out var batch));
        Assert.Equal([A], batch.Files);
    }

    [Fact]
    public void TryTake_FileNeverClosed_IsDueAtTheLimit()
    {
        _pending.BeingWritten(A, 0);
        Assert.Equal(PendingChanges.OpenLimit, _pending.WaitTime(0));

        Assert.True(_pending.TryTake(PendingChanges.OpenLimit, out var batch));

        Assert.Equal([A], batch.Files);
        Assert.False(_pending.IsOpen(A.Path));
    }

    [Fact]
    public void TryTake_FileGone_IsDueAfterTheGrace()
    {
        _pending.Gone(A, 0);

        Assert.False(_pending.TryTake(PendingChanges.Grace - 1, out _));
        Assert.True(_pending.TryTake(PendingChanges.Grace, out var batch));
        Assert.Equal([A], batch.Files);
    }

    [Fact]
    public void TryTake_FileGoneAndAnotherChanged_EachIsDueAtItsTime()
    {
        _pending.Gone(A, 0);
        _pending.Changed(B, 0);

        Assert.True(_pending.TryTake(PendingChanges.Quiet, out var first));
        Assert.Equal([B], first.Files);
        Assert.True(_pending.TryTake(PendingChanges.Grace, out var second));
        Assert.Equal([A], second.Files);
    }

    [Fact]
    public void LookAgain_FileChangesBefore_IsTakenOnce()
    {
        _pending.LookAgain(A, 0);
        _pending.Changed(A, 1);
        _pending.LookAgain(A, 2);

        Assert.True(_pending.TryTake(1 + PendingChanges.Quiet, out var batch));
        Assert.Equal([A], batch.Files);
        Assert.Equal(-1, _pending.WaitTime(1 + PendingChanges.Quiet));
    }

    [Fact]
    public void TryTake_Rescan_IsTold()
    {
        _pending.Rescan(0);

        Assert.True(_pending.TryTake(PendingChanges.Quiet, out var batch));
        Assert.True(batch.Rescan);
    }

    [Fact]
    public void WasWritten_WriteAfterReadingStarted_IsRemembered()
    {
        _pending.BeingWritten(A, 0);
        _pending.StartReading();
        Assert.False(_pending.WasWritten(A.Path));

        _pending.BeingWritten(A, 1);
        _pending.Changed(A, 2);

        Assert.True(_pending.WasWritten(A.Path));
    }
}
