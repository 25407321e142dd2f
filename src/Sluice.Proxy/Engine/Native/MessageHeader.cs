using System.Runtime.InteropServices;

namespace Sluice.Proxy.Engine.Native;

/// <summary>struct msghdr of 64-bit Linux (the same on x64 and arm64).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}
