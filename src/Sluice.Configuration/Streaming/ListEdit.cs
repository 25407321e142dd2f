namespace Sluice.Configuration.Streaming;

/// <summary>A piece of a list that is made of another: items taken over as they are, or one that is new.</summary>
/// <param name="Start">Of what is taken over, its first index in the old list; of a new item, the index in the old list of what it replaces, or -1.</param>
/// <param name="Count">Items that are taken over; 0: one new item.</param>
/// <param name="Index">Of the first item in the new list.</param>
internal readonly record struct ListEdit(int Start, int Count, int Index)
{
    public bool IsNew => Count == 0;
}
