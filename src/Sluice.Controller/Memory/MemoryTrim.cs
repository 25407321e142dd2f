using System.Runtime;

namespace Sluice.Controller.Memory;

/// <summary>
/// Loading many manifests leaves a heap several times as large as what is kept, and a program that then hardly allocates
/// would keep it for ever. The same goes for the code that loaded them.
/// </summary>
internal static class MemoryTrim
{
    public static void AfterStart()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ProgramPages.Release();
    }
}
