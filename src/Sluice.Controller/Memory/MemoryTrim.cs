using System.Runtime;

namespace Sluice.Controller.Memory;

/// <summary>
/// Loading many manifests leaves a heap several times as large as what is kept, and a program that then hardly allocates
/// would keep it for ever. The same goes for the code that loaded them, and for the compiler that the first requests keep busy.
/// </summary>
internal static class MemoryTrim
{
    /// <summary>By then the methods that are used much have been compiled for good.</summary>
    private static readonly TimeSpan SecondRelease = TimeSpan.FromMinutes(1);

    /// <summary>Bytes by which the heap may always outgrow what was left when it was trimmed last.</summary>
    private const long Allowance = 8 << 20;

    private static long _trimmed;

    public static void AfterStart()
    {
        Trim();
        ProgramPages.Release();
        _ = ReleaseLaterAsync();
    }

    /// <summary>
    /// To be called with every change that comes from afar, of which there may be several a second for ever: what they leave behind lies
    /// in generations that the collector by itself looks at once in many minutes.
    /// </summary>
    public static void AfterChange()
    {
        var trimmed = Volatile.Read(ref _trimmed);
        if (GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes > trimmed + Math.Max(Allowance, trimmed / 4))
            Trim();
    }

    private static void Trim()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Volatile.Write(ref _trimmed, GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes);
    }

    private static async Task ReleaseLaterAsync()
    {
        await Task.Delay(SecondRelease);
        ProgramPages.Release();
    }
}
