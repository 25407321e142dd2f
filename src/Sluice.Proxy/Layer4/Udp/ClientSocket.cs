using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>
/// What tells one session from another: the client's address and port, and the address of ours that it sends to. The hash has
/// a secret, since a sender of UDP may claim any address.
/// </summary>
internal readonly struct ClientSocket : IEquatable<ClientSocket>
{
    private static readonly ulong Secret = MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(8)) | 1;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _portAndScope;
    private readonly ulong _localFirst;
    private readonly ulong _localSecond;

    /// <param name="socketAddress">The client's struct sockaddr_in or sockaddr_in6.</param>
    /// <param name="local">Where it sends to, if that has to be known.</param>
    public ClientSocket(ReadOnlySpan<byte> socketAddress, in LocalAddress local)
    {
        _portAndScope = MemoryMarshal.Read<uint>(socketAddress); // Family and port.
        if (socketAddress.Length >= 28 && MemoryMarshal.Read<ushort>(socketAddress) == LinuxConstants.AF_INET6)
        {
            _first = MemoryMarshal.Read<ulong>(socketAddress[8..]);
            _second = MemoryMarshal.Read<ulong>(socketAddress[16..]);
            _portAndScope |= (ulong)MemoryMarshal.Read<uint>(socketAddress[24..]) << 32;
        }
        else
        {
            _first = MemoryMarshal.Read<uint>(socketAddress[4..]);
        }

        _localFirst = local.First;
        _localSecond = local.Second;
    }

    public bool Equals(ClientSocket other) =>
        _first == other._first && _portAndScope == other._portAndScope && _second == other._second &&
        _localFirst == other._localFirst && _localSecond == other._localSecond;

    public override bool Equals(object? obj) => obj is ClientSocket other && Equals(other);

    public override int GetHashCode()
    {
        var hash = Fold(_first ^ Secret, _portAndScope ^ 0x9E3779B97F4A7C15);
        hash = Fold(hash ^ _second, Secret);
        return (int)Fold(hash ^ _localFirst, _localSecond ^ Secret);
    }

    private static ulong Fold(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out ulong low);
        return high ^ low ^ a;
    }
}
