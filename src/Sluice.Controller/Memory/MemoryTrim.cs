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

    public static void AfterStart()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ProgramPages.Release();
        _ = ReleaseLaterAsync();
    }

    private static async Task ReleaseLaterAsync()
    {
        await Task.Delay(SecondRelease);
        ProgramPages.Release();
    }
}
