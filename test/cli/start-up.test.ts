import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

/** What a file loads as it is loaded itself: no types, and nothing that is imported when it is needed. */
function loadedBy(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier) || isOfTypes(statement)) return [];
    const { text } = moduleSpecifier;
    return [text.startsWith('.') ? join(file, '..', text.replace(/\.js$/, '.ts')) : text];
  });
}

function isOfTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const { importClause } = statement;
  if (importClause === undefined) return false;
  const { namedBindings, name } = importClause;
  const areTypes =
    namedBindings !== undefined &&
    ts.isNamedImports(namedBindings) &&
    namedBindings.elements.length > 0 &&
    namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly);
  return importClause.isTypeOnly || (name === undefined && areTypes);
}

describe('the command', () => {
  it('needs nothing but yargs to show its help: everything else is loaded by the command that needs it', () => {
    const found = new Set(['src/main.ts', 'src/cli/program.ts']);
    for (const file of found) if (file.endsWith('.ts')) for (const loaded of loadedBy(file)) found.add(loaded);
    const libraries = [...found].filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'));
    expect(libraries).toEqual(['yargs']);
    expect(found.size).toBeLessThan(100);
  });
});
