namespace Sluice.Resources.Reading.Text;

/// <summary>One document's bytes within a file. FirstLine counts from 1.</summary>
internal readonly record struct DocumentText(int Start, int Length, int FirstLine)
{
    public int End => Start + Length;
}
