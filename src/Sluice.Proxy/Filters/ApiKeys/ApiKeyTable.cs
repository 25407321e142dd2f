using System.Numerics;
using Sluice.Proxy.Filters.Credentials;

namespace Sluice.Proxy.Filters.ApiKeys;

/// <summary>
/// Finds clients by their keys. Only keyed hashes of the keys are kept and compared, so what a look-up takes says nothing about how
/// near a guess came, and one among a hundred thousand is found as fast as the only one.
/// </summary>
internal sealed class ApiKeyTable
{
    private readonly SecretHash _hash = new();
    private readonly (UInt128 Hash, ApiKeyOwner? Owner)[] _slots;

    /// <param name="count">Keys that will be added.</param>
    public ApiKeyTable(int count) =>
        _slots = new (UInt128, ApiKeyOwner?)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, 2 * count))];

    /// <returns>Who has the key already; null when it was added.</returns>
    public ApiKeyOwner? Add(ReadOnlySpan<byte> key, ApiKeyOwner owner)
    {
        UInt128 hash = _hash.Of(key);
        ref (UInt128 Hash, ApiKeyOwner? Owner) slot = ref Slot(hash);
        if (slot.Owner is not null)
            return slot.Owner;
        slot = (hash, owner);
        return null;
    }

    public ApiKeyOwner? Find(ReadOnlySpan<byte> key) => Slot(_hash.Of(key)).Owner;

    // The place of a hash: its own, or the free one that would be.
    private ref (UInt128 Hash, ApiKeyOwner? Owner) Slot(UInt128 hash)
    {
        for (uint at = (uint)hash; ; at++)
        {
            ref (UInt128 Hash, ApiKeyOwner? Owner) slot = ref _slots[at & (uint)(_slots.Length - 1)];
            if (slot.Owner is null || slot.Hash == hash)
                return ref slot;
        }
    }
}
