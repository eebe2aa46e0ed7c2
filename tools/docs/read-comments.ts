// The doc comments of the types, from which the tables of the documentation are made.
import { readFileSync } from 'node:fs';
import ts from 'typescript';

export interface Member {
  readonly name: string;
  /** The paragraphs of its comment, without line breaks. */
  readonly paragraphs: readonly string[];
  readonly defaultValue: string | undefined;
  readonly members: readonly Member[];
}

/** The members of a union of string literals, in the order of the source. */
export function readUnion(path: string, typeName: string): Member[] {
  const source = parse(path);
  const { type } = findType(source, typeName);
  if (!type || !ts.isUnionTypeNode(type)) throw new Error(`${path}: ${typeName} is not a union`);
  // The comment of a member stands before its "|", which belongs to no node.
  const pattern = /(?:\/\*\*((?:(?!\*\/).)*)\*\/\s*)?\|\s*'(\w+)'/gs;
  const members = [...type.getFullText(source).matchAll(pattern)].map(({ 1: comment = '', 2: name = '' }) => {
    return { name, paragraphs: toParagraphs(comment), defaultValue: undefined, members: [] };
  });
  if (members.length !== type.types.length) throw new Error(`${path}: not every member of ${typeName} was read`);
  return members;
}

/** The documented properties of a type, and of the objects that it is made of. The first one with a name is taken. */
export function readProperties(path: string, typeName: string): Member[] {
  const source = parse(path);
  const { node } = findType(source, typeName);
  const found = new Map<string, Member>();
  const visit = (child: ts.Node): void => {
    if (!ts.isPropertySignature(child)) return ts.forEachChild(child, visit);
    // `readonly tokenUrl?: undefined` says which options exclude each other.
    if (child.type?.kind === ts.SyntaxKind.UndefinedKeyword) return;
    const member = toMember(child);
    if (!found.has(member.name)) found.set(member.name, member);
  };
  ts.forEachChild(node, visit);
  return [...found.values()];
}

function toMember(node: ts.PropertySignature): Member {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === 'defaultValue');
  return {
    name: ts.isStringLiteral(node.name) ? node.name.text : node.name.getText(),
    paragraphs: toParagraphs(ts.getTextOfJSDocComment(comment?.comment) ?? ''),
    defaultValue: tag && ts.getTextOfJSDocComment(tag.comment),
    members:
      node.type && ts.isTypeLiteralNode(node.type)
        ? node.type.members.filter(ts.isPropertySignature).map(toMember)
        : [],
  };
}

const parse = (path: string) =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, /* setParentNodes */ true);

function findType(source: ts.SourceFile, name: string) {
  for (const node of source.statements) {
    if (ts.isTypeAliasDeclaration(node) && node.name.text === name) return { node, type: node.type };
    if (ts.isInterfaceDeclaration(node) && node.name.text === name) return { node, type: undefined };
  }
  throw new Error(`${source.fileName} has no type ${name}`);
}

function toParagraphs(comment: string): string[] {
  return comment
    .replace(/^ *\*(?: |$)/gm, '')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');
}
