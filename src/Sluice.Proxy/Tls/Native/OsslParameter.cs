using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tls.Native;

/// <summary>OSSL_PARAM of params.h; a list of them ends with one without a key.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OsslParameter
{
    internal const uint Utf8String = 4;
    internal const uint OctetString = 5;

    public byte* Key;
    public uint Type;
    public void* Data;
    public nuint Size;
    public nuint ReturnSize;
}
