namespace Sluice.Expressions.Cel;

/// <summary>Where an evaluation gets its variables from, each only when it is needed.</summary>
public interface ICelVariables
{
    /// <param name="attribute">Its number in the environment.</param>
    /// <returns>Of the declared type; <see cref="CelValue.Absent"/> when there is none, which is an error unless has() asks.</returns>
    CelValue Get(int attribute);

    /// <summary>One entry of an attribute that is a map, so that the map need not be made.</summary>
    /// <param name="attribute">Its number in the environment.</param>
    /// <param name="key">UTF-8.</param>
    /// <returns><see cref="CelValue.Absent"/> when there is none.</returns>
    CelValue GetEntry(int attribute, ReadOnlySpan<byte> key);
}
