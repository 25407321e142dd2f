using System.Globalization;
using System.Text;

namespace Sluice.Resources.Schemas;

/// <summary>Where a walk through an object is; text is made only when something is found.</summary>
internal sealed class FieldPath
{
    private readonly List<(string? Name, int Index)> _steps = [];

    public void Push(string name) => _steps.Add((name, 0));

    public void Push(int index) => _steps.Add((null, index));

    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, index) in _steps)
        {
            if (name is null)
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else if (text.Length == 0)
                text.Append(name);
            else
                text.Append('.').Append(name);
        }

        return text.ToString();
    }
}
